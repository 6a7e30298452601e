package cloud.wuye.platform.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.platform.Ids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int ROUNDS = 20_000;

    @Test
    void hintsAndRequestsThatComeTogetherNeitherOverflowNorGetLost() throws InterruptedException {
        AtomicReference<Mailbox> mailbox = new AtomicReference<>();
        AssertSubscriber<Set<UUID>> watcher = Multi.createFrom()
                .<Set<UUID>>emitter(
                        emitter -> {
                            Mailbox made = new Mailbox(emitter);
                            emitter.onRequest(more -> made.hand());
                            mailbox.set(made);
                        },
                        BackPressureStrategy.ERROR)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(0));
        Set<UUID> put = ConcurrentHashMap.newKeySet();
        Runnable hinting = () -> {
            for (int i = 0; i < ROUNDS; i++) {
                UUID subject = Ids.next();
                put.add(subject);
                mailbox.get().put(Set.of(subject));
            }
        };
        Thread one = new Thread(hinting);
        Thread another = new Thread(hinting);
        one.start();
        another.start();
        for (int i = 0; i < ROUNDS; i++) {
            watcher.request(1);
        }
        one.join();
        another.join();
        watcher.request(2L * ROUNDS);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            Set<UUID> seen = new HashSet<>();
            watcher.getItems().forEach(seen::addAll);
            return seen.equals(put);
        });
        assertNull(watcher.getFailure());
    }
}
