#include "experiments/interop/imports/samples.hpp"

#include <algorithm>

namespace assay::interop {

Sample& sample_of(SampleFile& file, const Sample& like) {
  const auto found = std::find_if(file.samples.begin(), file.samples.end(), [&](const Sample& sample) {
    return sample.name == like.name && sample.metric == like.metric;
  });
  return found != file.samples.end() ? *found : file.samples.emplace_back(like);
}

}  // namespace assay::interop
