package cloud.wuye.kit.payment;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Faults that were ordered and have not happened yet. */
final class LineFaults {
    private final List<Ordered> ordered = new ArrayList<>();

    /** @param path the calls whose path contains this */
    private record Ordered(String path, LineFault fault, Flaw flaw, long delayMillis, int times) {}

    /** A fault that happens now. */
    record Now(LineFault fault, Flaw flaw, long delayMillis) {}

    synchronized void order(JsonObject what) {
        ordered.add(new Ordered(
                what.getString("path", ""),
                LineFault.valueOf(what.getString("fault")),
                Flaw.valueOf(what.getString("flaw", "NONE")),
                what.getLong("delayMillis", 0L),
                what.getInteger("times", 1)));
    }

    synchronized void forget() {
        ordered.clear();
    }

    synchronized Optional<Now> next(String path) {
        Iterator<Ordered> all = ordered.iterator();
        for (int i = 0; all.hasNext(); i++) {
            Ordered first = all.next();
            if (path.contains(first.path)) {
                if (first.times <= 1) {
                    all.remove();
                } else {
                    ordered.set(
                            i, new Ordered(first.path, first.fault, first.flaw, first.delayMillis, first.times - 1));
                }
                return Optional.of(new Now(first.fault, first.flaw, first.delayMillis));
            }
        }
        return Optional.empty();
    }
}
