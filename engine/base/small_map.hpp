// Maps and sets of a handful: sorted, in one piece of memory, so that they are moved, copied and
// compared cheaply; lists of a handful that need none but their own. Whatever is added or taken
// away makes references into them invalid.
#pragma once

#include <boost/container/flat_map.hpp>
#include <boost/container/flat_set.hpp>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <functional>

namespace pintu {

template <class Key, class Value>
using SmallMap = boost::container::flat_map<Key, Value, std::less<>>;
template <class Key>
using SmallSet = boost::container::flat_set<Key, std::less<>>;
// Beyond `Usual` items it asks for memory.
template <class Item, std::size_t Usual>
using SmallVector = boost::container::small_vector<Item, Usual>;

}  // namespace pintu
