package cloud.wuye.platform.live;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Notifications;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LiveTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final UUID tenant = Ids.next();
    private final UUID meter = Ids.next();
    private final UUID other = Ids.next();

    @Inject
    Live live;

    @Inject
    Notifications notifications;

    @Test
    void beginsWithWhatIsAndThenTellsChanges() {
        var watcher = watch(tenant, Set.of(meter), 10);
        assertEquals(List.of(Set.of(meter)), watcher.getItems());
        live.changed(tenant, "test", List.of(meter, other));
        await().atMost(SOON).until(() -> watcher.getItems().size() == 2);
        assertEquals(Set.of(meter), watcher.getItems().get(1));
        watcher.cancel();
    }

    @Test
    void neighboursChangesAreNotHeard() {
        var watcher = watch(tenant, Set.of(meter), 10);
        live.changed(Ids.next(), "test", List.of(meter));
        live.changed(tenant, "other topic", List.of(meter));
        live.changed(tenant, "test", List.of(meter));
        await().atMost(SOON).until(() -> watcher.getItems().size() >= 2);
        assertEquals(2, watcher.getItems().size());
        watcher.cancel();
    }

    @Test
    void hintThatNobodyCanReadLetsEverybodyLookAndEndsNothing() throws Throwable {
        var watcher = watch(tenant, Set.of(meter), 100);
        subscribeAndAwait(() -> notifications.send(List.of("a hint of another version")));
        await().atMost(SOON).until(() -> watcher.getItems().size() == 2);
        live.changed(tenant, "test", List.of(meter));
        await().atMost(SOON).until(() -> watcher.getItems().size() == 3);
        watcher.cancel();
    }

    @Test
    void slowWatcherGetsTheUnionAndNoFailure() {
        var watcher = watch(tenant, Set.of(meter, other), 1);
        // Watched from the beginning: all may be through before one looks.
        UUID last = Ids.next();
        var fence = watch(tenant, Set.of(last), 1000);
        for (int i = 0; i < 500; i++) {
            live.changed(tenant, "test", List.of(i % 2 == 0 ? meter : other));
        }
        live.changed(tenant, "test", List.of(last));
        await().atMost(SOON).until(() -> fence.getItems().size() > 1);
        assertEquals(1, watcher.getItems().size());
        watcher.request(1000);
        await().atMost(SOON).until(() -> {
            Set<UUID> seen = new HashSet<>();
            watcher.getItems().stream().skip(1).forEach(seen::addAll);
            return seen.equals(Set.of(meter, other));
        });
        assertTrue(watcher.getFailure() == null);
        watcher.cancel();
        fence.cancel();
    }

    private AssertSubscriber<Set<UUID>> watch(UUID of, Set<UUID> subjects, long demand) {
        return live.watch(of, Set.of("test"), subjects).subscribe().withSubscriber(AssertSubscriber.create(demand));
    }
}
