package cloud.wuye.device.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * A queue with one batch under way at a time: while it commits, the next one gathers. A message that comes after a quiet
 * moment leaves at once; under load a batch that is not full leaves some milliseconds after the one before at the earliest,
 * because a transaction costs the same for one message as for fifty.
 */
final class Partition {
    private static final Logger LOG = Logger.getLogger(Partition.class);

    private enum State {
        /** Nothing waits and nothing is under way. */
        IDLE,
        /** Something waits and will leave, at once or by the timer. */
        GATHERING,
        UNDER_WAY
    }

    private final Context context;
    private final Function<List<Arrival>, Uni<Void>> corridor;
    private final int batchSize;
    private final long gatherNanos;
    private final IntConsumer departing;
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private State state = State.IDLE;
    private int underWay;
    /** Of the context's thread alone, like {@link #timer}. */
    private long earliest = System.nanoTime();

    private long timer = -1;

    /**
     * @param context the event loop this partition works on, so that parsing is spread over the processors
     * @param corridor carries a batch; done when all of it is stored or parked
     * @param gather how long after the batch before a batch that is not full leaves at the earliest
     * @param departing hears the size of each batch that leaves
     */
    Partition(
            Context context,
            Function<List<Arrival>, Uni<Void>> corridor,
            int batchSize,
            Duration gather,
            IntConsumer departing) {
        this.context = context;
        this.corridor = corridor;
        this.batchSize = batchSize;
        this.gatherNanos = gather.toNanos();
        this.departing = departing;
    }

    void offer(Arrival arrival) {
        boolean look;
        synchronized (this) {
            waiting.add(arrival);
            look = state == State.IDLE || (state == State.GATHERING && waiting.size() == batchSize);
            if (state == State.IDLE) {
                state = State.GATHERING;
            }
        }
        if (look) {
            context.runOnContext(ignored -> gather());
        }
    }

    synchronized int backlog() {
        return waiting.size() + underWay;
    }

    private void gather() {
        long left = TimeUnit.NANOSECONDS.toMillis(earliest - System.nanoTime());
        if (left <= 0 || isFull()) {
            depart();
        } else {
            context.owner().cancelTimer(timer);
            timer = context.owner().setTimer(left, ignored -> depart());
        }
    }

    private synchronized boolean isFull() {
        return waiting.size() >= batchSize;
    }

    private void depart() {
        List<Arrival> batch = next();
        if (!batch.isEmpty()) {
            context.owner().cancelTimer(timer);
            earliest = System.nanoTime() + gatherNanos;
            departing.accept(batch.size());
            corridor.apply(batch).subscribe().with(ignored -> arrived(null), this::arrived);
        }
    }

    /** Empty if another look at the same messages was quicker. */
    private synchronized List<Arrival> next() {
        if (state != State.GATHERING) {
            return List.of();
        }
        state = State.UNDER_WAY;
        underWay = Math.min(batchSize, waiting.size());
        List<Arrival> batch = new ArrayList<>(underWay);
        for (int i = 0; i < underWay; i++) {
            batch.add(waiting.poll());
        }
        return batch;
    }

    /** The corridor deals with every failure; one that gets here is a bug, and must not stop those behind. */
    private void arrived(Throwable failure) {
        if (failure != null) {
            LOG.error("A batch was neither stored nor parked; the broker keeps it until the next connection", failure);
        }
        context.runOnContext(ignored -> {
            if (moreWaits()) {
                gather();
            }
        });
    }

    private synchronized boolean moreWaits() {
        underWay = 0;
        state = waiting.isEmpty() ? State.IDLE : State.GATHERING;
        return state == State.GATHERING;
    }
}
