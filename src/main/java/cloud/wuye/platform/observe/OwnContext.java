package cloud.wuye.platform.observe;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Gives work a Vert.x context to itself: what stands in its locals, such as whose work it is, is nobody else's. */
public final class OwnContext {
    private OwnContext() {}

    /** Runs the work on a context of its own; its outcome comes back on the caller's. */
    public static <T> Uni<T> run(Vertx vertx, Consumer<Context> furnish, Supplier<Uni<T>> work) {
        Context callers = vertx.getOrCreateContext();
        Context own = VertxContext.createNewDuplicatedContext(callers);
        VertxContextSafetyToggle.setContextSafe(own, true);
        furnish.accept(own);
        return Uni.createFrom()
                .<T>emitter(emitter -> own.runOnContext(ignored ->
                        Uni.createFrom().<T>deferred(work::get).subscribe().with(emitter::complete, emitter::fail)))
                .emitOn(task -> callers.runOnContext(ignored -> task.run()));
    }
}
