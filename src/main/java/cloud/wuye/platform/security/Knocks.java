package cloud.wuye.platform.security;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Counts who knocks, by the minute and on this replica; with the minute everything is forgotten. */
public final class Knocks {
    private final AtomicReference<Minute> current = new AtomicReference<>(new Minute(0));

    private record Minute(long number, Map<Object, Integer> knocks) {
        Minute(long number) {
            this(number, new ConcurrentHashMap<>());
        }
    }

    /** Counts one more; how many it has been in this minute, with this one. */
    public int count(Object who) {
        long number = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
        Minute minute = current.updateAndGet(before -> before.number == number ? before : new Minute(number));
        return minute.knocks.merge(who, 1, Integer::sum);
    }
}
