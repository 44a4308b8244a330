#include "core/text/date.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay {
namespace {

constexpr std::string_view kForm = "dddd-dd-dd";

bool has_form(std::string_view text) {
  return std::equal(text.begin(), text.end(), kForm.begin(), kForm.end(), [](char letter, char expected) {
    return expected == 'd' ? letter >= '0' && letter <= '9' : letter == expected;
  });
}

int number_in(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

Date parse_date(std::string_view text) {
  using namespace std::chrono;
  if (has_form(text)) {
    const year_month_day date(year(number_in(text.substr(0, 4))),
                              month(static_cast<unsigned>(number_in(text.substr(5, 2)))),
                              day(static_cast<unsigned>(number_in(text.substr(8, 2)))));
    if (date.ok()) return sys_days(date);
  }
  throw Error(fmt::format("\"{}\" is not a date: expected year-month-day, for example 2026-03-01", text));
}

std::string format_date(Date date) {
  const std::chrono::year_month_day parts(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()), static_cast<unsigned>(parts.month()),
                     static_cast<unsigned>(parts.day()));
}

Date date_of(std::int64_t unix_ns) {
  using namespace std::chrono;
  return floor<days>(sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(unix_ns)));
}

}  // namespace assay
