#include "outputs/input_store.hpp"

#include <stdexcept>

#include "outputs/collect.hpp"
#include "outputs/sha256.hpp"

namespace tremplin {

void write_inputs(hdf5::Sheet& to, const std::vector<InputText>& inputs) {
  for (const InputText& input : inputs) {
    if (!input.confidential && sha256(input.text) != input.sha256) {
      throw std::invalid_argument("the hash of " + input.name + " is not that of its text");
    }
  }
  to.axis("input", texts_of(inputs, &InputText::name), {"file that went into the run"});
  to.texts("text", "input",
           texts_of(inputs, [](const auto& i) { return i.confidential ? std::string() : i.text; }),
           {"its whole text; empty if confidential"});
  to.texts("sha256", "input", texts_of(inputs, &InputText::sha256), {"SHA-256 of the whole input"});
  to.flags("confidential", "input", values_of<std::int8_t>(inputs, &InputText::confidential), "no yes",
           {"is only the hash kept"});
}

}  // namespace tremplin
