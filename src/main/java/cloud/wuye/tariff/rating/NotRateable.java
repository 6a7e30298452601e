package cloud.wuye.tariff.rating;

/** A usage that the tariff has no price for; the message says of which moment or counter. */
public final class NotRateable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotRateable(String message) {
        super(message);
    }
}
