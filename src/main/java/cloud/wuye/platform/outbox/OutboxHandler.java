package cloud.wuye.platform.outbox;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Carries messages of one kind to the outside world. A message may come again (after a crash, or when success could not
 * be noted), so the receiver must know it by {@link OutboxMessage#id()} or its dedupe key.
 */
public interface OutboxHandler {
    /** The kind it delivers, e.g. {@code mqtt.command}; one handler per kind. */
    String kind();

    /**
     * Delivers. Completing means delivered; a failure means try again later, with back-off. {@link DoNotRetry} means it
     * can never succeed and becomes a dead letter at once.
     */
    Uni<Void> deliver(OutboxMessage message);

    /**
     * Begins to deliver messages of one company that leave together: does once what they have in common, and gives for each, in
     * their order, what is left to do. When that fails, each of them is begun again alone, so nothing may have left by then. A
     * handler that gains nothing by their company delivers each by itself.
     */
    default Uni<List<Uni<Void>>> begin(List<OutboxMessage> messages) {
        return Uni.createFrom()
                .item(messages.stream()
                        .map(message -> Uni.createFrom().deferred(() -> deliver(message)))
                        .toList());
    }

    /** Says that a message can never be delivered. */
    final class DoNotRetry extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param message why, shown to staff beside the dead letter */
        public DoNotRetry(String message) {
            super(message);
        }
    }
}
