package cloud.wuye.device.timetable;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Whom timetables concern, as lists beside them. */
final class Targets {
    private Targets() {}

    static Uni<List<List<UUID>>> devices(ShapeTimetables shape, List<UUID> timetables) {
        return each(shape, timetables, Timetables.Target::deviceId);
    }

    static Uni<List<List<UUID>>> spaces(ShapeTimetables shape, List<UUID> timetables) {
        return each(shape, timetables, Timetables.Target::spaceId);
    }

    private static Uni<List<List<UUID>>> each(
            ShapeTimetables shape, List<UUID> timetables, Function<Timetables.Target, UUID> id) {
        return shape.targets(timetables).map(targets -> {
            Map<UUID, List<UUID>> found = new HashMap<>();
            for (Timetables.Target target : targets) {
                if (id.apply(target) != null) {
                    found.computeIfAbsent(target.timetableId(), key -> new ArrayList<>())
                            .add(id.apply(target));
                }
            }
            return timetables.stream()
                    .map(timetable -> found.getOrDefault(timetable, List.of()))
                    .toList();
        });
    }
}
