package cloud.wuye.payment.reconciliation;

import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.FundFlowRow;
import cloud.wuye.payment.PaymentChannel;
import cloud.wuye.payment.TradeBillRow;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** First step, DUE → FETCHED: both bills of the day come from the channel and are kept, in one transaction. */
@ApplicationScoped
class FetchBills {
    /** The channel's word for a day on which nothing happened. */
    private static final String NOTHING_HAPPENED = "NO_STATEMENT_EXIST";

    private final Db db;
    private final List<PaymentChannel> channels;
    private final ReconciliationRuns runs;
    private final StoredBills bills;
    private final Clock clock;

    FetchBills(Db db, @All List<PaymentChannel> channels, ReconciliationRuns runs, StoredBills bills, Clock clock) {
        this.db = db;
        this.channels = channels;
        this.runs = runs;
        this.bills = bills;
        this.clock = clock;
    }

    /** Fails with {@link Stuck} while a bill is not to be had. */
    Uni<Void> fetch(ReconciliationRun run) {
        PaymentChannel channel = channels.stream()
                .filter(each -> each.kind() == run.channel())
                .findFirst()
                .orElseThrow();
        return rows("trade bill", channel.tradeBill(run.tenantId(), run.day()))
                .flatMap(trades -> rows("fund-flow bill", channel.fundFlowBill(run.tenantId(), run.day()))
                        .flatMap(flows -> keep(run, trades, flows)));
    }

    private Uni<Void> keep(ReconciliationRun fetched, List<TradeBillRow> trades, List<FundFlowRow> flows) {
        return db.forTenantSql(fetched.tenantId(), tx -> runs.locked(tx, fetched.id(), RunState.DUE)
                .flatMap(run -> run == null
                        ? Uni.createFrom().voidItem()
                        : bills.replace(tx, run, trades, flows)
                                .chain(() -> runs.move(tx, run, RunState.FETCHED, clock.now()))));
    }

    private static <T> Uni<List<T>> rows(String bill, Uni<ChannelOutcome<Multi<T>>> asked) {
        return asked.flatMap(outcome -> {
            if (outcome instanceof ChannelOutcome.Done<Multi<T>> done) {
                return done.value().collect().asList();
            }
            if (outcome instanceof ChannelOutcome.Refused<Multi<T>> refused) {
                if (refused.code().equals(NOTHING_HAPPENED)) {
                    return Uni.createFrom().item(List.of());
                }
                throw new Stuck(bill + ": " + refused.code() + ": " + refused.message());
            }
            ChannelOutcome.Unknown<Multi<T>> unknown = (ChannelOutcome.Unknown<Multi<T>>) outcome;
            throw new Stuck(bill + ": " + unknown.doubt() + ": " + unknown.detail());
        });
    }
}
