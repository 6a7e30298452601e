package cloud.wuye.device.inbox;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When batches leave, and what is in them. */
class PartitionTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Vertx vertx = Vertx.vertx();
    private final List<List<String>> left = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<CompletableFuture<Void>> underWay = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void afterAQuietMomentAMessageWaitsForNobody() {
        Partition partition = partition(3, LONG);
        offer(partition, "a");
        await().until(() -> left.equals(List.of(List.of("a"))));
    }

    @Test
    void whatComesSoonAfterABatchLeavesTogether() throws Exception {
        // Longer than this machine may pause between "a" and the others, or they did not come soon.
        Partition partition = partition(100, Duration.ofSeconds(3));
        offer(partition, "a");
        arrive();
        offer(partition, "b", "c", "d");
        await().until(() -> left.equals(List.of(List.of("a"), List.of("b", "c", "d"))));
        arrive();
        await().until(() -> partition.backlog() == 0);
    }

    @Test
    void aFullBatchDoesNotWaitForTheTime() throws Exception {
        Partition partition = partition(3, LONG);
        offer(partition, "a");
        arrive();
        offer(partition, "b", "c");
        assertEquals(List.of(List.of("a")), left);
        offer(partition, "d", "e");
        await().until(() -> left.size() == 2);
        // The fifth came in time, but a batch is no larger than it may be.
        assertEquals(List.of("b", "c", "d"), left.get(1));
        assertEquals(4, partition.backlog());
    }

    @Test
    void oneBatchAtATimeEvenIfMoreThanAFullOneWaits() throws Exception {
        Partition partition = partition(2, Duration.ZERO);
        offer(partition, "a");
        await().until(() -> left.size() == 1);
        offer(partition, "b", "c", "d", "e", "f");
        assertEquals(List.of(List.of("a")), left);
        arrive();
        arrive();
        arrive();
        await().until(() -> left.size() == 4);
        assertEquals(List.of(List.of("a"), List.of("b", "c"), List.of("d", "e"), List.of("f")), left);
    }

    @Test
    void aFailureStopsNobodyBehind() throws Exception {
        Partition partition = partition(100, Duration.ZERO);
        offer(partition, "a");
        underWay.take().completeExceptionally(new IllegalStateException("a bug"));
        offer(partition, "b");
        await().until(() -> left.equals(List.of(List.of("a"), List.of("b"))));
    }

    private Partition partition(int batchSize, Duration gather) {
        return new Partition(
                vertx.getOrCreateContext(),
                batch -> {
                    left.add(batch.stream().map(Arrival::topic).toList());
                    CompletableFuture<Void> arrival = new CompletableFuture<>();
                    underWay.add(arrival);
                    return Uni.createFrom().completionStage(arrival);
                },
                batchSize,
                gather,
                size -> {});
    }

    private void arrive() throws InterruptedException {
        underWay.take().complete(null);
    }

    private static void offer(Partition partition, String... topics) {
        for (String topic : topics) {
            partition.offer(new Arrival(topic, new byte[0], false, Instant.EPOCH, () -> {}));
        }
    }
}
