#pragma once

#include "render/display_list.hpp"

#include <algorithm>

namespace walkout::render {

/// Remembers which layers at the bottom of a list a painter has kept the picture of. Layers are
/// known by their address; a layer that is gone never matches a new one in the same place.
class StillLayers {
public:
    /// Whether the kept picture serves this list too.
    bool kept_for(const DisplayList& list) const
    {
        return list.scale == scale_ && still_layers(list) == count() && count() > 0 &&
               std::equal(layers_.begin(), layers_.end(), list.layers.begin(),
                          [](const auto& kept, const auto& now) { return kept.lock() == now; });
    }
    void keep(const DisplayList& list)
    {
        scale_ = list.scale;
        const auto from = list.layers.begin();
        layers_.assign(from, from + static_cast<std::ptrdiff_t>(still_layers(list)));
    }
    std::size_t count() const { return layers_.size(); }

private:
    static std::size_t still_layers(const DisplayList& list)
    {
        const auto end = std::find_if(list.layers.begin(), list.layers.end(),
                                      [](const auto& layer) { return !layer->still; });
        return static_cast<std::size_t>(end - list.layers.begin());
    }

    std::vector<std::weak_ptr<const Layer>> layers_;
    float scale_ = 0;
};

} // namespace walkout::render
