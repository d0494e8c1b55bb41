import { z } from 'zod'

// zod compiles object parsers with `new Function` where it may; the content security policy forbids that, and
// merely trying would be reported as a violation. Imported first, before any schema exists.
z.config({ jitless: true })
