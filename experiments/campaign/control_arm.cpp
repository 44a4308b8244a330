#include "experiments/campaign/control_arm.hpp"

#include <memory>
#include <utility>

#include "experiments/attempt/restored_files.hpp"
#include "experiments/attempt/stop_sources.hpp"
#include "experiments/campaign/control_plan.hpp"
#include "experiments/engine/engines.hpp"

namespace assay::campaign {
namespace {

/// Tells the observer when measuring ends, however it ends.
class MeasuringReport {
 public:
  MeasuringReport(const Plan& plan, attempt::Observer& observer) : observer_(observer) {
    observer_.measuring_began(plan);
  }
  ~MeasuringReport() { observer_.measuring_ended(); }
  MeasuringReport(const MeasuringReport&) = delete;
  MeasuringReport& operator=(const MeasuringReport&) = delete;

 private:
  attempt::Observer& observer_;
};

}  // namespace

MeasuredTrials measure_control_arm(const Plan& plan, const host::MeasuringLock& lock, const ControlArmUse& use,
                                   attempt::Observer& observer) {
  const MeasuringReport report(plan, observer);
  attempt::StopSources stop(use.running);
  const StopSignal asked = [&stop] { return stop.request(); };
  BaselineSession session(plan, {.runs = use.runs}, observer, asked);
  std::vector<std::string> edits;
  const auto on_edit = [&](const host::Restoration& restoration) {
    const attempt::RestoredFile file = attempt::restored_file(restoration);
    edits.push_back(attempt::describe(file));
    observer.file_restored(file);
  };
  const Plan control = control_plan(plan);
  std::unique_ptr<engine::Engine> engine =
      engine::make_engine({.plan = control,
                           .lock_path = lock.path(),
                           .step = [&observer](std::string_view what) { observer.step_began(what); },
                           .asks_for_phases = true,
                           .on_edit = on_edit,
                           .hidden_folder = use.hidden_folder});
  stop.watch(engine->launchers());
  MeasuredTrials measured = session.run(*engine);
  stop.watch({});
  engine.reset();  // puts the original back if the variable is a file, and then knows of edits
  measured.notes.insert(measured.notes.end(), edits.begin(), edits.end());
  return measured;
}

}  // namespace assay::campaign
