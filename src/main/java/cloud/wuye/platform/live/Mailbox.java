package cloud.wuye.platform.live;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Holds what changed until the watcher asks for more; a full mailbox grows by its subjects only, not by their changes. */
class Mailbox {
    private final MultiEmitter<? super Set<UUID>> watcher;
    private final Set<UUID> waiting = new HashSet<>();

    Mailbox(MultiEmitter<? super Set<UUID>> watcher) {
        this.watcher = watcher;
    }

    void put(Set<UUID> touched) {
        synchronized (waiting) {
            waiting.addAll(touched);
        }
        hand();
    }

    /** Hands over what waits, if the watcher wants it now. Emitting asks for more, which leads back here: hence no lock round it. */
    void hand() {
        Set<UUID> handed;
        synchronized (waiting) {
            if (waiting.isEmpty() || watcher.requested() == 0) {
                return;
            }
            handed = Set.copyOf(waiting);
            waiting.clear();
        }
        watcher.emit(handed);
    }
}
