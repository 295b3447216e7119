// Fingerprints of what a past depends on: equal fingerprints, equal past. They are taken of values, not of
// files: a comment or a change of law after the snapshot does not matter.
#pragma once

#include <string>
#include <vector>

#include "outputs/snapshot.hpp"

namespace tremplin {

// 64 hexadecimal digits each.
std::string fingerprint(const RulesTable& rules, Month from, Month until);
std::string fingerprint(const World& world, Month from, Month until);
std::string fingerprint(const Parameters& parameters);
// Of everything: the key of one replicate.
std::string key_of(const SnapshotOrigin& origin, const std::string& parameters, std::size_t replicate);

// What differs: a name that users know (an option or a folder), what the snapshot has, what the run has.
struct Difference {
  std::string what;
  std::string snapshot;
  std::string run;
};
std::vector<Difference> differences(const SnapshotOrigin& snapshot, const SnapshotOrigin& run);

}  // namespace tremplin
