package cloud.wuye.device.inbox;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * A queue with one batch under way at a time: while it commits, the next one gathers. Under load batches grow by
 * themselves, and a single message waits for nobody.
 */
final class Partition {
    private static final Logger LOG = Logger.getLogger(Partition.class);

    private final Context context;
    private final Corridor corridor;
    private final int batchSize;
    private final InboxMetrics metrics;
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param context the event loop this partition works on, so that parsing is spread over the processors */
    Partition(Context context, Corridor corridor, int batchSize, InboxMetrics metrics) {
        this.context = context;
        this.corridor = corridor;
        this.batchSize = batchSize;
        this.metrics = metrics;
    }

    void offer(Arrival arrival) {
        synchronized (this) {
            waiting.add(arrival);
            if (underWay > 0) {
                return;
            }
            underWay = 1;
        }
        context.runOnContext(ignored -> depart());
    }

    synchronized int backlog() {
        return waiting.size() + underWay;
    }

    private void depart() {
        List<Arrival> batch = next();
        if (!batch.isEmpty()) {
            metrics.batch(batch.size());
            corridor.pass(batch).subscribe().with(ignored -> arrived(null), this::arrived);
        }
    }

    /** The corridor deals with every failure; one that gets here is a bug, and must not stop those behind. */
    private void arrived(Throwable failure) {
        if (failure != null) {
            LOG.error("A batch was neither stored nor parked; the broker keeps it until the next connection", failure);
        }
        context.runOnContext(ignored -> depart());
    }

    private synchronized List<Arrival> next() {
        underWay = Math.min(batchSize, waiting.size());
        List<Arrival> batch = new ArrayList<>(underWay);
        for (int i = 0; i < underWay; i++) {
            batch.add(waiting.poll());
        }
        return batch;
    }
}
