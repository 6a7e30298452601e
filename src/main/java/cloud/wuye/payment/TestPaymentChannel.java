package cloud.wuye.payment;

import cloud.wuye.payment.ChannelOutcome.Refused;
import cloud.wuye.payment.ChannelOutcome.Unknown;
import cloud.wuye.payment.PaymentChannel.Reached;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Calls the channel with a company's settings and keeps what it met. */
@ApplicationScoped
class TestPaymentChannel {
    private final Db db;
    private final PaymentChannels settings;
    private final List<PaymentChannel> channels;
    private final Audit audit;

    TestPaymentChannel(Db db, PaymentChannels settings, @All List<PaymentChannel> channels, Audit audit) {
        this.db = db;
        this.settings = settings;
        this.channels = channels;
        this.audit = audit;
    }

    Uni<PaymentChannelView> test(Caller by, ChannelKind kind) {
        PaymentChannel channel = channels.stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow();
        return settings.of(by.requireTenant(), kind)
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(ProblemCode.PAYMENT_CHANNEL_NOT_CONFIGURED))
                .flatMap(tested ->
                        channel.test(by.requireTenant()).flatMap(outcome -> keep(by, tested, words(outcome))));
    }

    private Uni<PaymentChannelView> keep(Caller by, ChannelSettings tested, String outcome) {
        return db.writeSql(connection -> settings.keepTest(connection, tested, outcome)
                .chain(() -> settings.find(connection, tested.kind()))
                .map(PaymentChannelView::of)
                .call(after -> audit.record(
                        connection,
                        by,
                        "paymentChannel.test",
                        "PaymentChannel",
                        tested.kind(),
                        PaymentChannelView.of(tested),
                        after,
                        null)));
    }

    private static String words(ChannelOutcome<Reached> outcome) {
        if (outcome instanceof Refused<Reached> refused) {
            return "REFUSED " + refused.code() + ": " + refused.message();
        }
        if (outcome instanceof Unknown<Reached> unknown) {
            return unknown.doubt() + ": " + unknown.detail();
        }
        return ChannelSettings.PASSED;
    }
}
