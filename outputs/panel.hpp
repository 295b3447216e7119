// The panel of lives as a file: five statuses and paid days, one byte for each person and month, with the
// people's attributes beside them. FORMAT.md describes it; xarray and h5py read it as it is.
#pragma once

#include <filesystem>
#include <span>

#include "engine/simulate/life_panel.hpp"
#include "outputs/run.hpp"

namespace tremplin {

// run: one scenario; its plan, command, seed and inputs go into the file, its offices (those of the panels at
// least) and the weights of their strata beside the people. Where there are more than `most_people` (at least
// 1), so many are drawn by lot over all of them; the lot is the person's own, the same in every scenario of
// the seed. In the file people stand in the order of the panels and of their identities.
// Throws InputError{unwritable}. Returns how many people were written.
std::size_t write_panel(const Run& run, std::span<const OfficePanel> panels, std::size_t most_people,
                        const std::filesystem::path& path);

}  // namespace tremplin
