// Writes files for readers that are not ours: `write_sample FILE [country | inference]`.
#include <cstdio>
#include <string_view>

#include "outputs/digest.hpp"
#include "outputs/inference_data.hpp"
#include "outputs/store.hpp"
#include "tests/outputs/stored_inference.hpp"
#include "tests/outputs/stored_run.hpp"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  if (argc > 2 && std::string_view(argv[2]) == "inference") {
    tremplin::write_inference_data(tremplin::test::stored_inference(), argv[1]);
    return 0;
  }
  const bool country = argc > 2 && std::string_view(argv[2]) == "country";
  const tremplin::Run run = country ? tremplin::test::country_run(10) : tremplin::test::stored_run();
  tremplin::write_run(run, argv[1]);
  std::printf("%s\n", tremplin::digest(run).c_str());
}
