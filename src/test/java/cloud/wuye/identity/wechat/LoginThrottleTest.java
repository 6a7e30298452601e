package cloud.wuye.identity.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who knocks too often is not heard, and nobody else suffers for it. */
class LoginThrottleTest {
    private static final int FEW = 3;

    @Test
    void onePlaceIsHeardSoOften() {
        // Other addresses of one network are one place.
        List<String> hosts =
                List.of("192.0.2.1", "192.0.2.2", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9", "2001:db8:1:3::9");
        List<Integer> heard = withinAMinute(
                throttle -> hosts.stream().map(host -> heard(throttle, host)).toList());
        assertEquals(List.of(FEW, FEW, FEW, 0, FEW), heard);
        assertTrue(new LoginThrottle(new Settings()).admits((SocketAddress) null), "a socket of this machine has none");
    }

    @Test
    void oneCompanyIsAskedForSoOften() {
        UUID one = Ids.next();
        List<UUID> companies = List.of(one, one, one, one, Ids.next());
        List<Boolean> heard = withinAMinute(
                throttle -> companies.stream().map(throttle::admits).toList());
        assertEquals(List.of(true, true, true, false, true), heard);
    }

    @Test
    void aNetworkIsTheFirstFourGroups() {
        assertEquals("192.0.2.1", LoginThrottle.network("192.0.2.1"));
        assertEquals("2001:db8:0:0", LoginThrottle.network("2001:db8::1"));
        assertEquals("0:0:0:0", LoginThrottle.network("::1"));
        assertEquals("2001:db8:1:2", LoginThrottle.network("2001:db8:1:2:3:4:5:6"));
    }

    /** With its minute a throttle forgets all: where one ends meanwhile, all is done again. */
    private static <T> T withinAMinute(Function<LoginThrottle, T> what) {
        long minute;
        T seen;
        do {
            minute = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
            seen = what.apply(new LoginThrottle(new Settings()));
        } while (minute != TimeUnit.NANOSECONDS.toMinutes(System.nanoTime()));
        return seen;
    }

    /** Of six knocks. */
    private static int heard(LoginThrottle throttle, String host) {
        int heard = 0;
        for (int i = 0; i < FEW + FEW; i++) {
            heard += throttle.admits(SocketAddress.inetSocketAddress(1, host)) ? 1 : 0;
        }
        return heard;
    }

    private static final class Settings implements WeChatAppConfig {
        @Override
        public String host() {
            return "";
        }

        @Override
        public Duration deadline() {
            return Duration.ZERO;
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ZERO;
        }

        @Override
        public Login login() {
            return new Login() {
                @Override
                public int perAddress() {
                    return FEW;
                }

                @Override
                public int perCompany() {
                    return FEW;
                }
            };
        }
    }
}
