package cloud.wuye.identity.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who knocks too often is not heard, and nobody else suffers for it. */
class LoginThrottleTest {
    private static final int FEW = 3;

    private final LoginThrottle throttle = new LoginThrottle(new Settings());

    @Test
    void onePlaceIsHeardSoOften() {
        assertEquals(FEW, heard("192.0.2.1"));
        assertEquals(FEW, heard("192.0.2.2"));
        // Other addresses of one network are one place.
        assertEquals(FEW, heard("2001:db8:1:2:3:4:5:6"));
        assertEquals(0, heard("2001:db8:1:2::9"));
        assertEquals(FEW, heard("2001:db8:1:3::9"));
        assertTrue(throttle.admits((SocketAddress) null), "a socket of this machine has none");
    }

    @Test
    void oneCompanyIsAskedForSoOften() {
        UUID one = Ids.next();
        for (int i = 0; i < FEW; i++) {
            assertTrue(throttle.admits(one));
        }
        assertFalse(throttle.admits(one));
        assertTrue(throttle.admits(Ids.next()));
    }

    @Test
    void aNetworkIsTheFirstFourGroups() {
        assertEquals("192.0.2.1", LoginThrottle.network("192.0.2.1"));
        assertEquals("2001:db8:0:0", LoginThrottle.network("2001:db8::1"));
        assertEquals("0:0:0:0", LoginThrottle.network("::1"));
        assertEquals("2001:db8:1:2", LoginThrottle.network("2001:db8:1:2:3:4:5:6"));
    }

    /** Of six knocks; a minute may end meanwhile, then it is as if it began again. */
    private int heard(String host) {
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
