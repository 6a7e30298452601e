package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Which faults a device has, each from 0 (never) to 1 (always). */
public final class Faults {
    private static final Faults NONE = new Faults(Map.of());

    private final Map<Fault, Double> share;

    private Faults(Map<Fault, Double> share) {
        this.share = share;
    }

    /** A device as its maker describes it. */
    public static Faults none() {
        return NONE;
    }

    /** Few of each: what an ordinary estate sees, somewhat more often. */
    public static Faults mild() {
        return none().with(Fault.OUTAGE, 0.004)
                .with(Fault.DUPLICATE, 0.01)
                .with(Fault.SHUFFLE, 0.3)
                .with(Fault.RESTART, 0.001)
                .with(Fault.CLOCK, 0.03)
                .with(Fault.NOISE, 0.03)
                .with(Fault.SLOWACK, 0.1)
                .with(Fault.DOUBLEACK, 0.05);
    }

    /** Reads {@code none}, {@code mild}, {@code all}, or a list such as {@code mild,outage=0.1,noack}. */
    public static Faults parse(String text) {
        Faults faults = none();
        for (String word : text.toLowerCase(Locale.ROOT).split(",")) {
            faults = word.isBlank() ? faults : faults.and(word.trim());
        }
        return faults;
    }

    /** The same with this one so often. */
    public Faults with(Fault fault, double often) {
        Map<Fault, Double> changed = new EnumMap<>(Fault.class);
        changed.putAll(share);
        changed.put(fault, often);
        return new Faults(changed);
    }

    double of(Fault fault) {
        return share.getOrDefault(fault, 0.0);
    }

    /** Whether a device has this one all the time. */
    boolean always(Fault fault) {
        return of(fault) >= 1;
    }

    private Faults and(String word) {
        if (word.equals("none")) {
            return none();
        }
        if (word.equals("mild")) {
            return mild();
        }
        if (word.equals("all")) {
            Faults all = this;
            for (Fault fault : Fault.values()) {
                all = all.with(fault, fault.usual());
            }
            return all;
        }
        String[] parts = word.split("=", 2);
        try {
            Fault fault = Fault.valueOf(parts[0].toUpperCase(Locale.ROOT).replace("-", ""));
            double often = parts.length == 2 ? Double.parseDouble(parts[1]) : fault.usual();
            if (!(often >= 0 && often <= 1)) {
                throw new KitException("--faults: " + word + " is not between 0 and 1.");
            }
            return with(fault, often);
        } catch (IllegalArgumentException e) {
            throw new KitException("--faults: " + word + " is not known (see --help).", e);
        }
    }
}
