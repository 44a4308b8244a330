#pragma once

/// How a handler does its work on an event.
enum class Way {
  in_place,  // formats a record that nobody reads, before the event goes on
  in_parts,  // the same, of what it keeps in a part for each CPU: it finds one of them, and goes through that only
  lean,      // without the record
};

constexpr int kHandlers = 7;
constexpr Way kWays[kHandlers] = {
    Way::in_place,  // 1 login
    Way::in_place,  // 2 click
    Way::in_place,  // 3 purchase
    Way::in_place,  // 4 search
    Way::in_place,  // 5 error
    Way::in_place,  // 6 heartbeat
    Way::in_place,  // 7 logout
};
