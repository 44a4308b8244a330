#pragma once

#include <string>

/// How many words of the text have the form.
int words_of(const std::string& text, const std::string& form);

/// The sum of 1 to the number.
long sum_up_to(long number);
