package cloud.wuye.testing;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;

/** Work of the service that a test does itself. */
public final class Work {
    private Work() {}

    /** What comes of it, waited for on a context of its own; a failure that is checked comes as an IllegalStateException. */
    public static <T> T run(Uni<T> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
