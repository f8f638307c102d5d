import { useEffect, useState } from 'preact/hooks'
import { fetchProofFile } from '../api/money.ts'
import { sentenceOf } from '../api/request.ts'

interface ProofFile {
  /** Where the browser finds it while this screen is open. */
  url: string | undefined
  problem: string | undefined
}

/** Fetches a receipt, unless it is not wanted yet. */
export function useProofFile(number: number, proofId: number, wanted = true): ProofFile {
  const [file, setFile] = useState<ProofFile>({ url: undefined, problem: undefined })
  useEffect(() => {
    if (!wanted) return
    let url: string | undefined
    let isGone = false
    fetchProofFile(number, proofId).then(
      (blob) => {
        if (isGone) return
        url = URL.createObjectURL(blob)
        setFile({ url, problem: undefined })
      },
      (error: unknown) => setFile({ url: undefined, problem: sentenceOf(error) }),
    )
    return () => {
      isGone = true
      if (url) URL.revokeObjectURL(url)
    }
  }, [number, proofId, wanted])
  return file
}
