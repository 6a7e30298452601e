package cloud.wuye.payment;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Opens a channel for new orders, or shuts it. Either may be repeated. */
@ApplicationScoped
class SwitchPaymentChannel {
    private final Db db;
    private final PaymentChannels channels;
    private final Audit audit;
    private final Event<ChannelSettingsChanged> changed;

    SwitchPaymentChannel(Db db, PaymentChannels channels, Audit audit, Event<ChannelSettingsChanged> changed) {
        this.db = db;
        this.channels = channels;
        this.audit = audit;
        this.changed = changed;
    }

    /** Only settings that have passed their test are opened: an order nobody can pay is worse than none. */
    Uni<PaymentChannelView> enable(Caller by, ChannelKind kind) {
        return turn(by, kind, true, null);
    }

    Uni<PaymentChannelView> disable(Caller by, ChannelKind kind, String reason) {
        return turn(by, kind, false, reason);
    }

    private Uni<PaymentChannelView> turn(Caller by, ChannelKind kind, boolean on, String reason) {
        return db.writeSql(connection -> channels.locked(connection, kind).flatMap(found -> {
                    if (found == null) {
                        throw new Problem(ProblemCode.PAYMENT_CHANNEL_NOT_CONFIGURED);
                    }
                    if (on && !found.passed()) {
                        throw new Problem(ProblemCode.PAYMENT_CHANNEL_UNTESTED);
                    }
                    if (found.enabled() == on) {
                        return Uni.createFrom().item(PaymentChannelView.of(found));
                    }
                    PaymentChannelView before = PaymentChannelView.of(found);
                    String act = on ? "paymentChannel.enable" : "paymentChannel.disable";
                    return channels.keepEnabled(connection, found, on)
                            .chain(() -> channels.find(connection, kind))
                            .map(PaymentChannelView::of)
                            .call(after ->
                                    audit.record(connection, by, act, "PaymentChannel", kind, before, after, reason));
                }))
                .invoke(() -> changed.fire(new ChannelSettingsChanged(by.requireTenant())));
    }
}
