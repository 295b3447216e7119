#include "cli/journal_check.hpp"

#include "engine/base/errors.hpp"

namespace tremplin::cli {

void check_journal(const std::string& command, const std::filesystem::path& journal, bool resume) {
  std::error_code error;
  if (!std::filesystem::exists(journal, error) || resume) return;
  throw InputError(Fault{.kind = FaultKind::bad_option,
                         .source = command,
                         .key = "--resume",
                         .found = journal.string(),
                         .expected = "--resume | --out"});
}

}  // namespace tremplin::cli
