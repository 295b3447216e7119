// What the habits of an office say of one person: for whom it uses the contract beyond the law (003:691-697),
// and what its offer of services, basic, pathway or all-round, proposes and follows (003:2179-2203).
#pragma once

#include "engine/cpas/office.hpp"
#include "engine/population/person.hpp"

namespace tremplin {

// Of the groups of ContractUse: none, only such as the office does not contract with, or one that it does.
enum class Belonging : std::uint8_t { to_none, to_others, to_one };
// That studies and training count as ways to employment, and months of orientation, and of guidance of who is
// far from work, as reinforced guidance is assumed: the survey names the groups.
Belonging belonging_of(const Practice& practice, const Person& person);

// A basic service has no pathway that leads into social activation (003:2179-2203).
bool proposes_social_activation(const Practice& practice);

// Who is proposed social activation outside a pathway: in an all-round service whoever is far from work or
// exempted; elsewhere those exempted are left in peace (003:2179-2203).
bool asked_for_activation(const Practice& practice, const Person& person);

// A basic service leaves social activation to the first line, an all-round one follows volunteers and people
// in community service too (003:2179-2203).
bool second_line_follows(Activity activity, Offer offer);

}  // namespace tremplin
