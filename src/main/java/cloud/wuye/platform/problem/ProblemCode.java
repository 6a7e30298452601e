package cloud.wuye.platform.problem;

import static cloud.wuye.platform.problem.ProblemKind.CONFLICT;
import static cloud.wuye.platform.problem.ProblemKind.INVALID;
import static cloud.wuye.platform.problem.ProblemKind.LIMITED;

/**
 * The closed catalogue of what can go wrong, stable for clients. A text may hold {@code {0}}, {@code {1}} for safe
 * arguments. {@code docs/errors.md} is made from it.
 */
public enum ProblemCode {
    // Platform
    INTERNAL(ProblemKind.INTERNAL, "系统错误，请凭追踪编号联系我们", "Something went wrong on our side; quote the trace id"),
    UNAVAILABLE(ProblemKind.UNAVAILABLE, "服务暂时不可用，请稍后重试", "Temporarily unavailable, please try again"),
    UNAUTHENTICATED(ProblemKind.UNAUTHENTICATED, "请先登录", "Please log in"),
    FORBIDDEN(ProblemKind.FORBIDDEN, "没有权限", "You are not allowed to do this"),
    NOT_FOUND(ProblemKind.NOT_FOUND, "找不到：{0}", "Not found: {0}"),
    VALIDATION(INVALID, "输入有误：{0}", "Invalid input: {0}"),
    INVALID_CURSOR(INVALID, "分页游标无效", "Invalid page cursor"),
    PAGE_TOO_LARGE(INVALID, "每页最多 {0} 条", "A page holds at most {0} rows"),
    // GraphQL, before anything is executed
    BAD_REQUEST(INVALID, "请求格式有误：{0}", "Malformed request: {0}"),
    METHOD_NOT_ALLOWED(INVALID, "只接受 GET 与 POST", "Only GET and POST are accepted"),
    NOT_ACCEPTABLE(
            INVALID,
            "只能应答 application/graphql-response+json 或 application/json",
            "Answers come as application/graphql-response+json or application/json"),
    UNSUPPORTED_MEDIA_TYPE(INVALID, "请求体须为 UTF-8 的 application/json", "A body must be application/json in UTF-8"),
    REQUEST_TOO_LARGE(INVALID, "请求体过大，最多 {0} 字节", "Request too large: at most {0} bytes"),
    GRAPHQL_SYNTAX(INVALID, "GraphQL 语法错误：{0}", "GraphQL syntax error: {0}"),
    GRAPHQL_INVALID(INVALID, "GraphQL 文档无效：{0}", "Invalid GraphQL document: {0}"),
    OPERATION_NOT_FOUND(INVALID, "找不到要执行的操作：{0}", "Cannot tell which operation to run: {0}"),
    MUTATION_OVER_GET(INVALID, "GET 请求只能查询", "A GET request may only query"),
    SUBSCRIPTION_OVER_HTTP(INVALID, "订阅请使用 WebSocket", "Subscribe over a WebSocket"),
    DOCUMENT_TOO_LARGE(INVALID, "GraphQL 文档过大，最多 {0} {1}", "GraphQL document too large: at most {0} {1}"),
    QUERY_TOO_DEEP(INVALID, "查询嵌套过深：{0} 层，最多 {1} 层", "Query too deep: {0} levels, at most {1}"),
    QUERY_TOO_COMPLEX(INVALID, "查询过于复杂：{0}，最多 {1}", "Query too complex: {0}, at most {1}"),
    TOO_MANY_ALIASES(INVALID, "别名过多：{0} 个，最多 {1} 个", "Too many aliases: {0}, at most {1}"),
    TOO_MANY_ROOT_FIELDS(INVALID, "根字段过多：{0} 个，最多 {1} 个", "Too many root fields: {0}, at most {1}"),
    BATCH_TOO_LARGE(INVALID, "一次最多 {0} 个请求", "A batch holds at most {0} requests"),
    INTROSPECTION_DISABLED(INVALID, "内省已关闭", "Introspection is switched off"),
    ALREADY_EXISTS(CONFLICT, "已存在：{0}", "Already exists: {0}"),
    STALE(CONFLICT, "数据已被他人修改，请刷新后重试", "Changed by someone else meanwhile; reload and try again"),
    ILLEGAL_STATE(CONFLICT, "当前状态 {0} 不允许此操作", "Not allowed in state {0}"),
    TOO_MANY_REQUESTS(LIMITED, "请求过于频繁", "Too many requests"),
    SETTING_MISSING(
            ProblemKind.UNAVAILABLE, "服务缺少配置：{0}，请联系平台运营", "The service lacks the setting {0}; ask its operator"),

    // Exports
    EXPORT_TOO_LARGE(
            INVALID,
            "共有 {0} 行，一次最多导出 {1} 行，请缩小筛选范围",
            "There are {0} rows; an export has at most {1}: narrow the filter"),
    EXPORT_TOO_MANY(LIMITED, "本公司已有 {0} 个未完成的导出，请稍后再试", "The company has {0} exports under way; wait for one to end"),

    // Spaces
    SPACE_KIND_UNKNOWN(INVALID, "没有这种空间类型：{0}", "There is no kind of space called {0}"),
    SPACE_KIND_MISPLACED(INVALID, "{0} 不能位于 {1} 之下", "A {0} may not stand under {1}"),
    SPACE_TOO_DEEP(INVALID, "空间层级最多 {0} 层", "Spaces may be nested {0} deep at most"),
    SPACE_SUBTREE_TOO_LARGE(
            INVALID, "子树超过 {0} 个空间，请减小深度或分页查询", "The subtree has more than {0} spaces; ask for less depth, or page"),
    SPACE_CYCLE(CONFLICT, "不能把空间移到它自己或其下级之下", "A space cannot be moved below itself"),
    SPACE_ARCHIVED(CONFLICT, "空间已停用：{0}", "The space is archived: {0}"),
    OCCUPANCY_OVERLAPS(CONFLICT, "与自 {0} 起的入住记录重叠", "Overlaps the stay that begins on {0}"),
    SPACE_IN_USE(CONFLICT, "空间仍在使用：{0}", "The space is still in use: {0}"),

    // Device registry
    DEVICE_NOT_A_GATEWAY(
            CONFLICT, "只能挂接到网关，且网关不能挂接到网关", "Only a gateway can speak for a device, and not for another gateway"),
    DEVICE_BEHIND_GATEWAY(CONFLICT, "网关下的设备没有自己的凭据", "A device behind a gateway has no login of its own"),
    DEVICE_HAS_CHILDREN(CONFLICT, "网关下仍有 {0} 台设备", "The gateway still speaks for {0} devices"),

    // Timetables
    TIMETABLE_TOO_DENSE(INVALID, "cron 每天最多 {0} 个时刻", "Cron lines may name at most {0} moments a day"),

    // Import of devices
    IMPORT_TOO_LARGE(INVALID, "文件超过 {0} 字节", "The file is larger than {0} bytes"),
    IMPORT_TOO_MANY_ROWS(INVALID, "文件超过 {0} 行", "The file has more than {0} rows"),
    IMPORT_ENCODING(INVALID, "文件编码既不是 UTF-8 也不是 GBK/GB18030", "The file is neither UTF-8 nor GBK/GB18030"),
    IMPORT_MALFORMED(INVALID, "CSV 格式有误，约在第 {0} 行", "The CSV is malformed near row {0}"),
    IMPORT_COLUMN_UNKNOWN(INVALID, "未知的列：{0}", "Unknown column: {0}"),
    IMPORT_COLUMN_TWICE(INVALID, "列重复：{0}", "Column appears twice: {0}"),
    IMPORT_COLUMN_MISSING(INVALID, "缺少列：{0}", "Missing column: {0}"),
    IMPORT_VALUE_MISSING(INVALID, "不能为空", "Must not be empty"),
    IMPORT_VALUE_TOO_LONG(INVALID, "最多 {0} 个字符", "At most {0} characters"),
    IMPORT_NUMBER_OUT_OF_RANGE(INVALID, "应为 {0} 到 {1} 的整数", "Must be a whole number from {0} to {1}"),
    IMPORT_KIND_UNKNOWN(INVALID, "没有这种设备类型：{0}", "There is no kind of device called {0}"),
    IMPORT_TWICE_IN_FILE(CONFLICT, "序列号 {0} 已在第 {1} 行出现", "Serial number {0} already stands in row {1}"),
    IMPORT_SPACE_AMBIGUOUS(CONFLICT, "有多个空间都叫：{0}，请填写空间编号", "Several spaces are called {0}; write the id instead"),

    // Metering
    POINT_SERVED(CONFLICT, "该用能点已有表计在用，请先拆表或换表", "Another meter serves the point; remove or replace it first"),
    METER_INSTALLED(CONFLICT, "表计已安装，请先拆除", "The meter is installed already; remove it first"),
    METER_NOT_INSTALLED(CONFLICT, "表计未安装", "The meter is not installed"),
    READING_IMPLAUSIBLE(INVALID, "读数 {0} 与之前的读数不符", "The reading {0} does not follow on from the one before"),

    // Meter accounts
    ACCOUNT_OPEN(CONFLICT, "该表已开户", "The meter has an open account"),
    ACCOUNT_MISSING(CONFLICT, "该表尚未开户：{0}", "The meter has no open account: {0}"),
    ACCOUNT_TERMS(INVALID, "计费条款不成立：{0}", "These terms do not go together: {0}"),
    ORDER_NOT_GIVEN(CONFLICT, "有已支付未到账的订单：{0} 分", "Orders over {0} fen are paid and what they bought is not given yet"),
    CREDIT_NOT_SETTLED(CONFLICT, "余额未结清：{0}", "Credit is not settled: {0}"),
    BILLS_UNPAID(
            CONFLICT,
            "尚有 {0} 分账单未付；请先付清或核销，账单结转的 {1} 分才能退还",
            "Bills of {0} fen are unpaid: have them paid or written off first, so that the {1} fen which a later one carries can go back"),
    CREDIT_UNKNOWN(
            CONFLICT,
            "表内剩余度数未知，或已超过 {0} 分钟未上报；请先抄表",
            "What is left in the meter is not known, or was said more than {0} minutes ago: read the meter first"),
    READING_STALE(CONFLICT, "最近的可信读数已超过一天", "The last believed reading is more than a day old"),
    CREDIT_IN_METER(
            CONFLICT,
            "订单 {0} 的度数已写入表内，请先清零再退余款",
            "What order {0} bought is in the meter; clear the meter to pay back what is left"),
    BILL_AMOUNT(INVALID, "金额须为 {0} 到 {1} 分", "Must be from {0} to {1} fen"),
    EMERGENCY_CREDIT(CONFLICT, "不能使用应急额度（余额 {0}）", "No emergency credit to take (credit {0})"),
    STILL_IN_ARREARS(CONFLICT, "仍在欠费：{0}", "Still in arrears: {0}"),
    CREDIT_USED(CONFLICT, "余额 {0} 不足以退回", "The credit left, {0}, does not cover it"),

    // Payment channels
    PAYMENT_CHANNEL_NOT_CONFIGURED(CONFLICT, "尚未配置支付渠道", "No payment channel is configured yet"),
    PAYMENT_CHANNEL_UNTESTED(
            CONFLICT, "当前配置尚未通过测试，请先测试再启用", "These settings have not passed their test yet; test, then enable"),
    PAYMENT_SECRET_MISSING(INVALID, "首次配置必须提供：{0}", "Must be given the first time: {0}"),
    PAYMENT_KEY_INVALID(INVALID, "不是有效的密钥或证书：{0}", "Not a valid key or certificate: {0}"),

    // Tariffs
    TARIFF_GAP(INVALID, "分时价格表有空缺：{0}", "The price table says nothing of {0}"),
    TARIFF_OVERLAP(INVALID, "分时价格表有重叠：{0}", "The price table says two things of {0}"),
    TARIFF_RATE_MISSING(INVALID, "第 {0} 档 {1} 没有价格", "No price for tier {0}, {1}"),
    TARIFF_RATE_TWICE(INVALID, "第 {0} 档 {1} 有多个价格", "More than one price for tier {0}, {1}"),
    TARIFF_RATE_UNUSED(
            INVALID, "价格所指的档位或时段不存在：{0} {1}", "A price for a tier or kind of hours that does not occur: {0} {1}"),
    TARIFF_ABOVE_GRID(CONFLICT, "第 {0} 档 {1} 高出电网价格 {2}", "The price of tier {0}, {1} is above the grid's by {2}"),
    TARIFF_TOO_EARLY(CONFLICT, "新版本最早可从 {0} 开始", "A new version may begin on {0} at the earliest"),
    TARIFF_NOT_IN_FORCE(CONFLICT, "没有适用的价格：{0}", "No price: {0}"),
    // Payment
    REFUND_TOO_LARGE(INVALID, "最多可退 {0} 分", "At most {0} fen can be refunded"),
    REFUND_OPEN(CONFLICT, "该订单已有未完成的退款", "The order has a refund that is not finished"),
    SECOND_PERSON_NEEDED(CONFLICT, "须由另一人审批", "Somebody else has to approve this"),
    ORDER_KEY_REUSED(CONFLICT, "此请求编号已用于另一笔订单", "This client key belongs to an order for something else"),
    CASH_DESK_TOO_LOW(CONFLICT, "现金账上只有 {0} 分", "The cash desk holds {0} fen and no more"),
    PAYMENT_NOT_POSSIBLE(CONFLICT, "该渠道无法支付：{0}", "Cannot be paid this way: {0}"),

    // Ledger
    LEDGER_CONFLICT(CONFLICT, "账务来源 {0} 已入账，且内容不同", "The books hold something else under {0} already"),

    // Identity
    IDENTITY_UNAVAILABLE(ProblemKind.UNAVAILABLE, "登录服务暂时不可用，请稍后重试", "The log-in service is away, please try again"),
    LAST_MANAGER(CONFLICT, "公司至少要保留一位可用的经理", "A company keeps at least one enabled manager"),
    OWN_ACCOUNT(CONFLICT, "不能停用自己的账号", "You cannot disable your own account"),
    WECHAT_APP_NOT_CONFIGURED(CONFLICT, "尚未配置微信小程序，请联系物业", "No mini-program is configured; ask the property company"),
    WECHAT_APP_REFUSED(CONFLICT, "微信不认可小程序的配置：{0}", "WeChat refuses the mini-program's settings: {0}"),
    WECHAT_CODE_REFUSED(
            CONFLICT, "微信登录凭证无效或已使用（{0}），请重试", "The WeChat code is not valid or was used ({0}); get another"),
    WECHAT_UNAVAILABLE(ProblemKind.UNAVAILABLE, "微信登录服务暂时不可用，请稍后重试", "WeChat's log-in is away, please try again"),
    WECHAT_LINKED_ALREADY(CONFLICT, "已绑定另一个微信", "Another WeChat is linked already"),
    WECHAT_LINKED_ELSEWHERE(
            CONFLICT, "此微信已绑定其他住户，请联系物业", "This WeChat is linked to another resident; ask the property company"),
    WECHAT_NOT_LINKED(CONFLICT, "请先绑定微信", "Link your WeChat first"),
    WECHAT_LOGIN_REFUSED(
            ProblemKind.UNAUTHENTICATED,
            "微信登录未成功，请重试；仍不成功请联系物业",
            "The log-in by WeChat failed; try again, and if it fails again ask the property company"),
    RESIDENT_UNKNOWN(
            CONFLICT, "此账号尚未与住户档案关联，请联系物业", "This log-in is linked to no resident yet; ask the property company"),
    ;

    private final ProblemKind kind;
    private final String zh;
    private final String en;

    ProblemCode(ProblemKind kind, String zh, String en) {
        this.kind = kind;
        this.zh = zh;
        this.en = en;
    }

    /** What sort of trouble. */
    public ProblemKind kind() {
        return kind;
    }

    /** The message pattern in Chinese. */
    public String zh() {
        return zh;
    }

    /** The message pattern in English. */
    public String en() {
        return en;
    }
}
