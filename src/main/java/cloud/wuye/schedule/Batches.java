package cloud.wuye.schedule;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Takes what is due a batch at a time, each batch a transaction of its own. */
public final class Batches {
    /** Rows taken per transaction. Beyond it the gain is small and the locks are held longer. */
    public static final int SIZE = 1_000;

    /** So that one tick ends: what is left waits for the next. */
    private static final int MOST = 1_000;

    private Batches() {}

    /**
     * Repeats a batch until it finds nothing more.
     *
     * @param batch takes and deals with up to {@link #SIZE} items and tells how many there were
     * @return how many there were in all
     */
    public static Uni<Integer> untilDry(Supplier<Uni<Integer>> batch) {
        return again(batch, 0, 0);
    }

    private static Uni<Integer> again(Supplier<Uni<Integer>> batch, int done, int rounds) {
        return batch.get()
                .flatMap(count -> count == 0 || rounds >= MOST
                        ? Uni.createFrom().item(done + count)
                        : again(batch, done + count, rounds + 1));
    }
}
