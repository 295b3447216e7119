#include "outputs/hdf5/handle.hpp"

namespace tremplin::hdf5 {

namespace {
// Keeps the first record of the walk: the innermost, which names the cause.
herr_t keep_innermost(unsigned n, const H5E_error2_t* record, void* reason) {
  if (n == 0 && record->desc != nullptr) *static_cast<std::string*>(reason) = record->desc;
  return 0;
}
}  // namespace

void fail(std::string_view doing) {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &reason);
  H5Eclear2(H5E_DEFAULT);
  throw Error(reason.empty() ? std::string(doing) : std::string(doing) + ": " + reason);
}

SilencedErrors::SilencedErrors() {
  H5Eget_auto2(H5E_DEFAULT, &printer_, &printer_data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

SilencedErrors::~SilencedErrors() { H5Eset_auto2(H5E_DEFAULT, printer_, printer_data_); }

}  // namespace tremplin::hdf5
