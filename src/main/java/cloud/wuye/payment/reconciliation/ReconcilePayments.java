package cloud.wuye.payment.reconciliation;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.schedule.Batches;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Use case: works on the days that are due, of every company, each from where it stands. */
@ApplicationScoped
public class ReconcilePayments {
    /** Longer than a day's bills take to fetch and to match; after that another replica may take the day. */
    static final Duration LEASE = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(ReconcilePayments.class);
    private static final Duration FIRST_WAIT = Duration.ofMinutes(5);
    private static final int LONGEST_WAIT = 5;
    private static final int LONGEST_PROBLEM = 500;
    private static final int AT_ONCE = 4;
    private static final int BATCH = 100;

    private final Db db;
    private final ReconciliationRuns runs;
    private final Differences differences;
    private final FetchBills fetch;
    private final MatchBills match;
    private final AskAboutUnknown ask;
    private final Clock clock;
    private final AtomicLong open;

    ReconcilePayments(
            Db db,
            ReconciliationRuns runs,
            Differences differences,
            FetchBills fetch,
            MatchBills match,
            AskAboutUnknown ask,
            Clock clock,
            MeterRegistry metrics) {
        this.db = db;
        this.runs = runs;
        this.differences = differences;
        this.fetch = fetch;
        this.match = match;
        this.ask = ask;
        this.clock = clock;
        this.open = metrics.gauge("wuye.payment.differences", new AtomicLong());
    }

    /** Everything that is due now; tells how many days that were. */
    public Uni<Integer> sweep() {
        return db.acrossTenants("days of payment channels that are over", tx -> Multi.createFrom()
                        .items(ChannelKind.values())
                        .onItem()
                        .transformToUniAndConcatenate(channel -> runs.makeDue(tx, channel, clock.now()))
                        .collect()
                        .last())
                .chain(() -> Batches.untilDry(this::batch))
                .call(() -> db.acrossTenants("how many differences are open", differences::open)
                        .invoke(open::set));
    }

    private Uni<Integer> batch() {
        return db.acrossTenants("days of payment channels that are due", tx -> runs.take(tx, clock.now(), LEASE, BATCH))
                .flatMap(due -> Multi.createFrom()
                        .iterable(due)
                        .onItem()
                        .transformToUni(this::work)
                        .merge(AT_ONCE)
                        .collect()
                        .with(Collectors.counting())
                        .map(Long::intValue));
    }

    /** Takes a run, which the caller holds, as far as it goes. What stops it is written down with it, and it is due later. */
    Uni<ReconciliationRun> work(ReconciliationRun run) {
        return Uni.createFrom()
                .deferred(() -> from(run))
                .onFailure()
                .recoverWithUni(failure -> stopped(run, failure))
                .replaceWith(run);
    }

    private Uni<Void> from(ReconciliationRun run) {
        return switch (run.state()) {
            case DUE -> fetch.fetch(run).chain(() -> match.match(run)).chain(() -> ask.ask(run));
            case FETCHED -> match.match(run).chain(() -> ask.ask(run));
            case MATCHED -> ask.ask(run);
            case DONE -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> stopped(ReconciliationRun run, Throwable failure) {
        String problem;
        if (failure instanceof Stuck stuck) {
            problem = stuck.getMessage();
        } else {
            LOG.errorf(failure, "the day %s of %s of company %s", run.day(), run.channel(), run.tenantId());
            problem = String.valueOf(failure);
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(run.tries(), LONGEST_WAIT));
        return db.forTenantSql(
                run.tenantId(),
                tx -> runs.putOff(tx, run.id(), shortened(problem), clock.now().plus(wait)));
    }

    private static String shortened(String problem) {
        return problem.length() <= LONGEST_PROBLEM ? problem : problem.substring(0, LONGEST_PROBLEM);
    }
}
