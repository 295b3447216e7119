// The social workers of one office: posts, vacancies, who is at work.
#pragma once

namespace tremplin {

struct Step;

// At work this month, in FTE.
struct Staff {
  double first_line = 0;
  double second_line = 0;
};

// Posts of the office moved by the years, the levers and a norm of files; workers leave and posts are filled
// again. Moves the vacancies of the office and tallies its staff.
Staff staff_at_work(Step& s);

}  // namespace tremplin
