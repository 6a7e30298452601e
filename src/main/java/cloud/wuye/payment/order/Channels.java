package cloud.wuye.payment.order;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.ChannelPayment;
import cloud.wuye.payment.PaymentChannel;
import cloud.wuye.payment.PaymentChannels;
import cloud.wuye.payment.PaymentState;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Which channel stands behind a way to pay, and what its words are evidence of. */
@ApplicationScoped
class Channels {
    /** The channel has never heard of it: it was never announced. */
    static final String UNKNOWN_ORDER = "ORDER_NOT_EXIST";

    /** It is paid already. */
    static final String PAID_ALREADY = "ORDERPAID";

    /** It is closed already. */
    static final String CLOSED_ALREADY = "ORDER_CLOSED";

    /** The channel has never heard of the refund. */
    static final String UNKNOWN_REFUND = "RESOURCE_NOT_EXISTS";

    private final List<PaymentChannel> all;
    private final PaymentChannels settings;

    Channels(@All List<PaymentChannel> all, PaymentChannels settings) {
        this.all = all;
        this.settings = settings;
    }

    /** The channel behind a way to pay that is not by hand. */
    PaymentChannel of(PayBy by) {
        return all.stream()
                .filter(channel -> channel.kind() == kind(by))
                .findFirst()
                .orElseThrow();
    }

    /** What a paid order at a channel is evidence of; null while nothing is paid. */
    Uni<PaymentEvidence> evidence(UUID tenantId, PayBy by, ChannelPayment payment) {
        boolean paid = payment.state() == PaymentState.PAID || payment.state() == PaymentState.REFUNDED;
        return paid
                ? isOurs(tenantId, by, payment.appId(), payment.merchantId())
                        .map(ours -> new PaymentEvidence(
                                by,
                                payment.outTradeNo(),
                                payment.transactionId(),
                                payment.amountFen(),
                                payment.currency(),
                                ours,
                                payment.successTime()))
                : Uni.createFrom().nullItem();
    }

    /** Whether it names the merchant and the application of the company. */
    Uni<Boolean> isOurs(UUID tenantId, PayBy by, String appId, String merchantId) {
        return settings.of(tenantId, kind(by))
                .map(own -> own != null
                        && own.appId().equals(appId)
                        && own.merchantId().equals(merchantId));
    }

    private static ChannelKind kind(PayBy by) {
        return switch (by) {
            case WECHAT -> ChannelKind.WECHAT_PAY;
            case CASH, TRANSFER -> throw new IllegalArgumentException(by + " has no channel");
        };
    }
}
