#pragma once

#include <string>
#include <vector>

#include "core/trial.hpp"

namespace assay {

/// Everything worth noting about a trial, in words: how often its warm-up was repeated, the processes that it left
/// running, then `Trial::notes`. People read these words, and blocks hold them as the trial's notes.
[[nodiscard]] std::vector<std::string> notes_in_words(const Trial& trial);

/// Reads back what `notes_in_words` wrote into the fields of the trial. Other notes stay words, including "left
/// running: pid ..." in records from before such processes were counted, so that their results stay what they were.
void read_notes(std::vector<std::string> words, Trial& trial);

}  // namespace assay
