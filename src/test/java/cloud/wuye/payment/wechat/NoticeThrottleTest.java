package cloud.wuye.payment.wechat;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.payment.PaymentConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoticeThrottleTest {
    private final PaymentConfig config = new SmallRyeConfigBuilder()
            .withMapping(PaymentConfig.class)
            .withDefaultValue("wuye.payment.notices.per-minute", "3")
            .withDefaultValue("wuye.payment.notices.strangers-per-minute", "2")
            .build()
            .getConfigMapping(PaymentConfig.class);

    @Test
    void crowdOfOneCompanyShutsOutNobodyElse() {
        NoticeThrottle throttle = new NoticeThrottle(config);
        UUID loud = new UUID(1, 1);
        // Enough to be too many even if the minute changes meanwhile.
        assertTrue(IntStream.range(0, 20).filter(i -> throttle.admits(loud)).count() <= 6);
        // A minute that has ended just now lets three in again.
        assertFalse(IntStream.range(0, 4).allMatch(i -> throttle.admits(loud)));
        assertTrue(throttle.admits(new UUID(2, 2)));
        assertTrue(throttle.admitsStranger());
        assertTrue(IntStream.range(0, 20).filter(i -> throttle.admitsStranger()).count() <= 4);
        assertTrue(throttle.admits(new UUID(3, 3)));
    }

    @Test
    void onlyWhatIsSafeIsRemembered() {
        SeenNotices seen = new SeenNotices(config);
        assertFalse(seen.taken("a"));
        seen.remember("a");
        assertTrue(seen.taken("a"));
        assertFalse(seen.taken("b"));
    }
}
