package cloud.wuye.platform.security;

/** Realm roles, exactly as they stand in a token's {@code realm_access.roles}. */
public final class Roles {
    /** Runs the platform; on-boards property companies; belongs to no tenant. */
    public static final String PLATFORM_OPERATOR = "platform-operator";
    /** Manages one property company. */
    public static final String MANAGER = "manager";
    /** Sees and moves the company's money. */
    public static final String FINANCE = "finance";
    /** Works on devices. */
    public static final String TECHNICIAN = "technician";
    /** Lives in or rents a space; sees only what is theirs. */
    public static final String RESIDENT = "resident";

    private Roles() {}
}
