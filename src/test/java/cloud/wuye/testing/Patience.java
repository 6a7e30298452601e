package cloud.wuye.testing;

import io.quarkus.test.junit.callback.QuarkusTestBeforeClassCallback;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * How long a test waits for what has to happen, unless it says otherwise. What is right happens in a moment; what is slow is the
 * machine, and of it no test speaks.
 */
public final class Patience implements QuarkusTestBeforeClassCallback {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Override
    public void beforeClass(Class<?> testClass) {
        Awaitility.setDefaultTimeout(LONG);
    }
}
