// A person who becomes eligible, drawn from the published margins (MODEL.md section 2, "Person").
#pragma once

#include "engine/base/draw.hpp"
#include "engine/parameters.hpp"
#include "engine/population/margins.hpp"
#include "engine/population/person.hpp"

namespace tremplin {

// `equivalent`: comes for equivalent income. `student_share`: share of students among people under 25.
// All draws belong to (person, month of appearance): the same in every scenario.
Person make_newcomer(const PopulationMargins& margins, const Parameters& parameters, LocalId id,
                     bool equivalent, double student_share, Month month, Draws& draws);

}  // namespace tremplin
