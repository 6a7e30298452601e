package cloud.wuye.platform.db;

import cloud.wuye.platform.security.Caller;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One unit of work of the {@link Db}: whose rows it may touch and on whose behalf. It stands in the locals of the
 * Vert.x context that the unit has to itself.
 */
public final class Unit {
    private static final String KEY = "wuye.db.unit";

    private final UUID tenantId;
    private final Caller caller;
    private final boolean writing;
    private final String traceId;
    private final List<Runnable> afterCommit = new ArrayList<>();

    Unit(UUID tenantId, Caller caller, boolean writing, String traceId) {
        this.tenantId = tenantId;
        this.caller = caller;
        this.writing = writing;
        this.traceId = traceId;
    }

    /** The unit that runs now, or null outside of one. */
    static Unit running() {
        Context context = io.vertx.core.Vertx.currentContext();
        return context == null ? null : context.getLocal(KEY);
    }

    /** The writing unit that runs now; anything else is a mistake of the caller's code. */
    public static Unit required() {
        Unit unit = running();
        if (unit == null || !unit.writing) {
            throw new IllegalStateException("needs a Db.write or Db.forTenant round it");
        }
        return unit;
    }

    void enter(Context context) {
        context.putLocal(KEY, this);
    }

    /** Does this once the unit has committed; not at all if it rolls back. */
    public void afterCommit(Runnable act) {
        afterCommit.add(act);
    }

    void committed() {
        afterCommit.forEach(Runnable::run);
    }

    /** Whose rows. */
    public UUID tenantId() {
        return tenantId;
    }

    /** On whose behalf: a person, or {@link Caller#system} for jobs and devices. */
    public Caller caller() {
        return caller;
    }

    /** The trace that led here, or null. */
    public String traceId() {
        return traceId;
    }

    boolean writing() {
        return writing;
    }
}
