package cloud.wuye.platform.export;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The lists that features offer, by name. */
@ApplicationScoped
class ExportLists {
    private final SortedMap<String, ExportList<?, ?>> byName = new TreeMap<>();

    ExportLists(@All List<ExportList<?, ?>> lists) {
        for (ExportList<?, ?> list : lists) {
            if (byName.put(list.name(), list) != null) {
                throw new IllegalStateException("two lists are called " + list.name());
            }
        }
    }

    Optional<ExportList<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    Collection<ExportList<?, ?>> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
