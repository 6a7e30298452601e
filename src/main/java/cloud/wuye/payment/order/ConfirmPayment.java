package cloud.wuye.payment.order;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.ChannelOutcome;
import cloud.wuye.payment.ChannelPayment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Use case: a channel's bill speaks of a payment that we do not hold. The channel is asked; its answer is the evidence. */
@ApplicationScoped
public class ConfirmPayment {
    /** What our numbers look like; another's, of another system with the same account, cannot be asked about. */
    private static final String OURS = "[0-9a-zA-Z_-]{1,64}";

    private final Channels channels;
    private final RecordPayment recordPayment;

    ConfirmPayment(Channels channels, RecordPayment recordPayment) {
        this.channels = channels;
        this.recordPayment = recordPayment;
    }

    /** What came of asking. */
    public enum Confirmed {
        /** The channel confirms it: it stands in the books. */
        RECORDED,
        /** The channel answers, and does not confirm this payment. */
        DENIED,
        /** Nobody knows: ask again. */
        UNKNOWN
    }

    /** Asks about a payment and records it when the channel confirms that very one. Safe to repeat. */
    public Uni<Confirmed> confirm(UUID tenantId, ChannelKind channel, String number, String transactionId) {
        PayBy by = PayBy.through(channel);
        return number.matches(OURS)
                ? channels.of(by).query(tenantId, number).flatMap(outcome -> told(tenantId, by, transactionId, outcome))
                : Uni.createFrom().item(Confirmed.DENIED);
    }

    private Uni<Confirmed> told(UUID tenantId, PayBy by, String transactionId, ChannelOutcome<ChannelPayment> outcome) {
        if (outcome instanceof ChannelOutcome.Refused<ChannelPayment> refused) {
            return Uni.createFrom().item(refused.later() ? Confirmed.UNKNOWN : Confirmed.DENIED);
        }
        if (!(outcome instanceof ChannelOutcome.Done<ChannelPayment> done)) {
            return Uni.createFrom().item(Confirmed.UNKNOWN);
        }
        return channels.evidence(tenantId, by, done.value())
                .flatMap(evidence ->
                        evidence == null || !evidence.transactionId().equals(transactionId)
                                ? Uni.createFrom().item(Confirmed.DENIED)
                                : recordPayment.record(tenantId, evidence).replaceWith(Confirmed.RECORDED));
    }
}
