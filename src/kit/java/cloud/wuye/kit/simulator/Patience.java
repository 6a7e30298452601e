package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a device does at the broker, not for ever. */
final class Patience {
    private static final Duration LONG = Duration.ofSeconds(20);

    private Patience() {}

    /** Until it is done; a {@link KitException} with the complaint and the reason where it fails or takes too long. */
    static void await(CompletableFuture<?> act, String complaint) {
        try {
            act.get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KitException(complaint + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new KitException(complaint + " within " + LONG + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KitException("interrupted", e);
        }
    }
}
