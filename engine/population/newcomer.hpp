// A person who becomes eligible, drawn from the published margins (MODEL.md section 2, "Person").
#pragma once

#include "engine/base/draw.hpp"
#include "engine/parameters.hpp"
#include "engine/population/margins.hpp"
#include "engine/population/person.hpp"

namespace tremplin {

// Why the person may ask: need of integration income, of equivalent income (law of 2 April 1965), or because
// unemployment benefit has ended by its limit in time.
enum class Coming : std::uint8_t { integration_income, equivalent_income, benefit_ended };

// Who comes when benefit has ended is 25 or older and was insured. `student_share`: share of students among
// people under 25. All draws belong to (person, month of appearance): the same in every scenario.
Person make_newcomer(const PopulationMargins& margins, const Parameters& parameters, LocalId id,
                     Coming coming, double student_share, Month month, Draws& draws);

}  // namespace tremplin
