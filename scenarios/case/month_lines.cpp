#include "scenarios/case/month_lines.hpp"

#include <algorithm>
#include <tuple>

namespace tremplin {

namespace {

// The exemption of earnings as it is used up: royal decree of 11 July 2002, art. 35. Its days are those paid
// with exempted earnings (a file does not tell the days worked); what is left is asked on the first of a
// month.
class ExemptionOfEarnings {
 public:
  explicit ExemptionOfEarnings(const CaseFile& file, const CaseLaw& law) {
    // Once in life, and only where the rule exists when the job starts, on integration income.
    for (const Income& income : file.incomes) {
      const bool first = income.shortage && (shortage_ == nullptr || income.from < shortage_->from);
      if (first && income.from >= file.request) shortage_ = &income;
    }
    if (shortage_ == nullptr) return;
    const Rules& rules = law.rules(shortage_->from.month);
    if (rules.spi_shortage_amount > 0) shortage_until_ = shortage_->from.month + rules.spi_shortage_months;
  }

  void begin_month(Month month, const Rules& rules, const Amounts& amounts) {
    month_ = month;
    open_ = rules.spi_days > days_used_ &&
            (from_ == never || first_day_of(month) - from_ < amounts.exempt_earnings_window);
  }

  // Of earnings for which it is asked. `in_shortage`: those of a shortage occupation are among them.
  Cents exempted(Day day, Cents earnings, bool in_shortage, const Amounts& amounts) {
    if (!open_ || earnings.value == 0) return {0};
    if (from_ == never) from_ = day;
    return std::min(earnings, in_shortage ? amounts.exempt_earnings_shortage : amounts.exempt_earnings);
  }

  [[nodiscard]] bool in_shortage(const Income& income) const {
    return &income == shortage_ && month_ < shortage_until_;
  }

  void end_month(const CaseMonth& month) {
    for (const MonthLine& line : month.lines)
      if (line.exempted.value > 0) days_used_ += line.days - line.suspended;
  }

 private:
  static constexpr Day never = -1;

  const Income* shortage_ = nullptr;
  Month shortage_until_;
  Month month_;
  bool open_ = false;
  Day from_ = never;  // first exempted day
  int days_used_ = 0;
};

Category category_on(const CaseFile& file, Day day) {
  Category category = file.households.front().category;
  for (const Household& household : file.households)
    if (day_of(household.from) <= day) category = household.category;
  return category;
}

// The month in which the file was last assessed: at the request, then at each review.
Month assessed_in(const CaseFile& file, const CaseLaw& law, Month decided, Month month) {
  Month last = file.request.month;
  for (Month next = decided; (next = next + law.rules(next).review_interval_months) <= month;) last = next;
  return last;
}

// Royal decree of 11 July 2002, art. 34: of cohabiting relatives who owe maintenance counts what is beyond
// the amount of category 1 for each of them; since when of all of them, the rule says.
void count_relatives(const CaseFile& file, Day day, bool all, const Amounts& amounts, MonthLine& line) {
  if (line.category != Category::cohabitant) return;
  for (const Relative& relative : file.relatives) {
    if (day < day_of(relative.from) || day_of(relative.until) < day) continue;
    if (!all && !relative.counted) continue;
    line.relatives_means += relative.monthly;
    ++line.n_relatives;
  }
  const Cents left =
      part_of(amounts.income[static_cast<std::size_t>(Category::cohabitant)], line.n_relatives, 1);
  line.relatives = std::max(Cents{0}, line.relatives_means - left);
}

// What a day's line is made of.
struct Today {
  Day day = 0;
  bool all_relatives = false;  // their means count
  bool at_work = false;        // in a job of article 60
};

// What one day of the month looks like; days and sums are still empty.
MonthLine line_on(const CaseFile& file, const Today& today, const Amounts& amounts,
                  ExemptionOfEarnings& exemption) {
  const Day day = today.day;
  MonthLine line;
  line.category = category_on(file, day);
  if (today.at_work) line.wage = file.article_60->wage;
  count_relatives(file, day, today.all_relatives, amounts, line);
  Cents asked{0};
  for (const Income& income : file.incomes) {
    if (day < day_of(income.from) || day_of(income.until) < day) continue;
    (income.work ? line.earnings : line.means) += income.monthly;
    if (!income.exempted) continue;
    asked += income.monthly;
    line.shortage = line.shortage || exemption.in_shortage(income);
  }
  const auto category = static_cast<std::size_t>(line.category);
  line.income = amounts.income[category];
  line.exempt_income = amounts.exempt_income[category];
  line.exempted = exemption.exempted(day, asked, line.shortage, amounts);
  line.full = income_after_means(amounts, category, line.counted());
  return line;
}

bool alike(const MonthLine& a, const MonthLine& b) {
  const auto what = [](const MonthLine& line) {
    return std::tuple(line.category, line.means, line.wage, line.relatives_means, line.n_relatives,
                      line.earnings, line.exempted);
  };
  return what(a) == what(b);
}

const Suspension* suspension_on(std::span<const Suspension> suspensions, Day day) {
  const auto found = std::ranges::find_if(suspensions, [&](const Suspension& suspension) {
    return suspension.days.from <= day && day < suspension.days.until;
  });
  return found == suspensions.end() ? nullptr : &*found;
}

// Each in proportion to the days of the month, to the nearest cent.
void settle(MonthLine& line, int n_days, const Amounts& amounts) {
  const int paid_days = line.days - line.suspended;
  line.paid = part_of(line.full, paid_days, n_days);
  line.lost = part_of(line.full, line.suspended, n_days);
  if (line.withheld == 0) return;
  const Cents held_back = share_of(part_of(line.full, line.withheld, n_days), amounts.withheld_partially);
  line.paid = line.paid - held_back;
  line.lost += held_back;
}

// Law of 26 May 2002, art. 36: the amount of category 3, or the gross wage, for a month of work.
Article60Month work_of(const Article60& job, const Rules& rules, int days, int n_days) {
  const Cents subsidy = job.increased ? *job.gross : cents_of(rules.ris_family);
  const Cents cost = std::max(cents_of(rules.article60_wage), job.gross.value_or(Cents{0}));
  return {.days = days,
          .wage = part_of(job.wage, days, n_days),
          .cost = part_of(cost, days, n_days),
          .user = part_of(cents_of(rules.article60_user_contribution), days, n_days),
          .state = part_of(subsidy, days, n_days)};
}

}  // namespace

std::vector<CaseMonth> months_of(const CaseFile& file, const CaseLaw& law, const Right& right, Month last,
                                 std::span<const Suspension> suspensions) {
  std::vector<CaseMonth> months;
  ExemptionOfEarnings exemption(file, law);
  for (Month month = file.request.month; month <= last; ++month) {
    const Rules& rules = law.rules(month);
    const Amounts amounts = amounts_of(rules, file.coverage);
    const bool all_relatives =
        law.rules(assessed_in(file, law, right.decided.month, month)).relatives_means != 0;
    exemption.begin_month(month, rules, amounts);
    CaseMonth result;
    result.month = month;
    int worked = 0;
    for (Day day = first_day_of(month); day < first_day_of(month + 1); ++day) {
      if (day < day_of(right.from) || (file.ends && day >= day_of(*file.ends))) continue;
      const bool at_work = right.work && right.work->from <= day && day < right.work->until;
      worked += at_work;
      const MonthLine today = line_on(file, {day, all_relatives, at_work}, amounts, exemption);
      auto line = std::ranges::find_if(result.lines, [&](const MonthLine& l) { return alike(l, today); });
      if (line == result.lines.end()) line = result.lines.insert(line, today);
      ++line->days;
      if (const Suspension* suspension = suspension_on(suspensions, day))
        ++(suspension->partial ? line->withheld : line->suspended);
    }
    for (MonthLine& line : result.lines) {
      settle(line, days_in(month), amounts);
      result.paid += line.paid;
      result.lost += line.lost;
    }
    if (worked > 0) result.article_60 = work_of(*file.article_60, rules, worked, days_in(month));
    exemption.end_month(result);
    months.push_back(std::move(result));
  }
  return months;
}

}  // namespace tremplin
