package cloud.wuye.payment.wechat;

import cloud.wuye.payment.PaymentConfig;
import cloud.wuye.platform.security.Knocks;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** How many notices are taken a minute. One company's crowd does not shut out another. */
@ApplicationScoped
class NoticeThrottle {
    private static final UUID STRANGERS = new UUID(0, 0);

    private final PaymentConfig.Notices config;
    private final Knocks knocks = new Knocks();

    NoticeThrottle(PaymentConfig config) {
        this.config = config.notices();
    }

    /** Whether one more notice of this company is taken. */
    boolean admits(UUID tenantId) {
        return knocks.count(tenantId) <= config.perMinute();
    }

    /** Whether one more token that nobody knows by heart is looked up. */
    boolean admitsStranger() {
        return knocks.count(STRANGERS) <= config.strangersPerMinute();
    }
}
