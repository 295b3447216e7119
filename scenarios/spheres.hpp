// Who decides on a lever: the legislator, the councils and their CPAS, or nobody, where it is what happens to
// them. A scenario of kind `practice` changes what councils decide, one of kind `shock` what happens; a
// reform may change all (proposals often ask for law and practice together).
#pragma once

#include <cstdint>
#include <string_view>

namespace tremplin {

enum class Sphere : std::uint8_t { law, practice, environment };

// path: one that find_lever() knows.
Sphere sphere_of(std::string_view path);

}  // namespace tremplin
