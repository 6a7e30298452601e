package cloud.wuye.platform.live;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds what changed until the watcher asks for more; a full mailbox grows by its subjects only, not by their changes. */
class Mailbox {
    private final MultiEmitter<? super Set<UUID>> watcher;
    private final Set<UUID> waiting = new HashSet<>();
    private final AtomicInteger calls = new AtomicInteger();

    Mailbox(MultiEmitter<? super Set<UUID>> watcher) {
        this.watcher = watcher;
    }

    void put(Set<UUID> touched) {
        synchronized (waiting) {
            waiting.addAll(touched);
        }
        hand();
    }

    /**
     * Hands over what waits, as often as the watcher wants it now. One hand at a time: a hint's thread and the watcher's own
     * request may come together, and emitting asks for more, which leads back here.
     */
    void hand() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            for (Set<UUID> next = next(); next != null; next = next()) {
                watcher.emit(next);
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
    }

    private Set<UUID> next() {
        synchronized (waiting) {
            if (waiting.isEmpty() || watcher.requested() == 0) {
                return null;
            }
            Set<UUID> handed = Set.copyOf(waiting);
            waiting.clear();
            return handed;
        }
    }
}
