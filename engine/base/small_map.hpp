// Maps and sets of a handful: sorted, in one piece of memory, so that they are moved, copied and
// compared cheaply. Whatever is added or taken away makes references into them invalid.
#pragma once

#include <boost/container/flat_map.hpp>
#include <boost/container/flat_set.hpp>
#include <functional>

namespace pintu {

template <class Key, class Value>
using SmallMap = boost::container::flat_map<Key, Value, std::less<>>;
template <class Key>
using SmallSet = boost::container::flat_set<Key, std::less<>>;

}  // namespace pintu
