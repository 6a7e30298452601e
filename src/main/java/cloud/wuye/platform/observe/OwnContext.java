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
        Context own = fresh(vertx);
        furnish.accept(own);
        return back(
                Uni.createFrom()
                        .<T>emitter(emitter -> own.runOnContext(ignored -> Uni.createFrom()
                                .<T>deferred(work::get)
                                .subscribe()
                                .with(emitter::complete, emitter::fail))),
                callers);
    }

    /** Begins the work on a context of its own, where it stays: for what belongs to none of those who wait for it. */
    public static void apart(Vertx vertx, Runnable work) {
        fresh(vertx).runOnContext(ignored -> work.run());
    }

    /** A context that nobody stands in yet. */
    public static Context fresh(Vertx vertx) {
        Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(own, true);
        return own;
    }

    /**
     * The same outcome, but on the context of whoever subscribes. What several wait for comes to all of them where it came to
     * one, and who goes on there goes on as somebody else: the framework keeps a request's caller in its context.
     */
    public static <T> Uni<T> back(Uni<T> shared) {
        return Uni.createFrom().deferred(() -> {
            Context callers = Vertx.currentContext();
            return callers == null ? shared : back(shared, callers);
        });
    }

    private static <T> Uni<T> back(Uni<T> outcome, Context callers) {
        return outcome.emitOn(task -> callers.runOnContext(ignored -> task.run()));
    }
}
