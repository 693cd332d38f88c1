// The words a person looks for. Kept apart from the product's catalogue, so that a text changed by accident is seen.

export type Language = "ar" | "en";
export const LANGUAGES: Language[] = ["ar", "en"];

/** What the browser asks for. */
export const BROWSER_LOCALE = { ar: "ar-SA", en: "en-GB" } as const;
export const DIRECTION = { ar: "rtl", en: "ltr" } as const;

export const TEXTS = {
  ar: {
    other: "English",
    brand: "صالون",
    errorTitle: /^خطأ:/,
    signIn: "تسجيل الدخول",
    signOut: "تسجيل الخروج",
    phone: "رقم الجوال",
    sendCode: "أرسل الرمز",
    code: "رمز الدخول",
    codeTitle: "أدخل الرمز",
    confirm: "تأكيد",
    resend: "أعد إرسال الرمز",
    newCode: "اطلب رمزًا جديدًا",
    welcome: "أهلًا بك في صالون",
    givenName: "الاسم الأول",
    continue: "متابعة",
    skip: "تخطٍّ",
    account: "حسابي",
    save: "حفظ",
    saved: "حُفظت التغييرات",
    name: "سارة",
  },
  en: {
    other: "العربية",
    brand: "Salon",
    errorTitle: /^Error:/,
    signIn: "Sign in",
    signOut: "Sign out",
    phone: "Mobile number",
    sendCode: "Send the code",
    code: "Code",
    codeTitle: "Enter the code",
    confirm: "Confirm",
    resend: "Send the code again",
    newCode: "Ask for a new code",
    welcome: "Welcome to Salon",
    givenName: "First name",
    continue: "Continue",
    skip: "Skip",
    account: "My account",
    save: "Save",
    saved: "Your changes are saved",
    name: "Sara",
  },
} as const;
