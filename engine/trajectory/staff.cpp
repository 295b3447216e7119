// Social workers leave, and their posts stay vacant for a while (facts/workload.md section 3: turnover and
// months until a post is filled are assumed, with data only at the high end). Each post has its own lot, so
// that two scenarios with as many posts lose the same workers.
#include "engine/trajectory/staff.hpp"

#include <algorithm>
#include <cmath>

#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

// FTE by line, if every post is filled.
Staff posts_of(const Step& s) {
  const double years = s.world.environment.staff[s.t] * s.rules->staff_factor;
  Staff posts{s.office.first_line_fte * years, s.office.second_line_fte * years};
  if (const double share = s.rules->staff_second_line_share; share > 0) {
    const double both = posts.first_line + posts.second_line;
    posts = {(1 - share) * both, share * both};
  }
  const auto files = static_cast<double>(s.tally[Tally::files]);
  posts.second_line += s.rules->piis_guidance_means * files / 1000;
  if (s.rules->staff_files_norm > 0) {
    const double needed = files / s.rules->staff_files_norm;
    const double present = posts.first_line + posts.second_line;
    if (present > 0 && present < needed) {
      posts.first_line *= needed / present;
      posts.second_line *= needed / present;
    }
  }
  return posts;
}

Draws draws_of_post(const Step& s, std::uint64_t line, std::uint64_t post) {
  const std::uint64_t who = (std::uint64_t{0xfffcU} << 48) | (line << 47) | (post << 32);
  return {s.luck, who | static_cast<std::uint64_t>(s.office.id), s.month};
}

// Moves the vacancies of a line with `fte` of posts; returns the FTE at work, stand-ins included.
double at_work(const Step& s, std::uint64_t line, double fte, std::int64_t& vacant) {
  const double leaves = s.p.staff_turnover / 12;
  if (fte <= 0 || (leaves == 0 && vacant == 0)) return fte;
  const std::int64_t posts = std::max<std::int64_t>(1, std::llround(fte));
  const std::int64_t vacant_before = std::min(vacant, posts);
  const double filled_again = 1 / std::max(1.0, s.p.staff_vacant_months);
  std::int64_t moved = 0;
  // The vacant posts stand first.
  for (std::int64_t post = 0; post < posts; ++post) {
    Draws draws = draws_of_post(s, line, static_cast<std::uint64_t>(post));
    if (post < vacant_before) {
      if (draws.happens(Decision::post_filled, filled_again)) --moved;
    } else if (draws.happens(Decision::worker_leaves, leaves)) {
      ++moved;
    }
  }
  vacant = vacant_before + moved;
  const double missing = static_cast<double>(vacant) * (1 - s.p.staff_stand_in);
  return fte * (1 - missing / static_cast<double>(posts));
}

}  // namespace

Staff staff_at_work(Step& s) {
  const Staff posts = posts_of(s);
  const Staff staff{at_work(s, 0, posts.first_line, s.state.vacant_first_line),
                    at_work(s, 1, posts.second_line, s.state.vacant_second_line)};
  const std::int64_t first = std::llround(staff.first_line * 100);
  const std::int64_t second = std::llround(staff.second_line * 100);
  s.tally[Tally::staff_first_line] += first;
  s.tally[Tally::staff_second_line] += second;
  s.tally[Tally::staff_missing] +=
      std::llround(posts.first_line * 100) - first + std::llround(posts.second_line * 100) - second;
  return staff;
}

}  // namespace tremplin
